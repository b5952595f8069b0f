# Every verb installs or builds what it misses and says so. Logs lie in target/.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help try try-down check nightly golden images cluster cluster-down dist

# Where a built Kubernetes may lie; without one it is built from Go modules, once a machine.
ifeq ($(LOCKSTEP_CLUSTER_CACHE),)
export LOCKSTEP_CLUSTER_CACHE := $(abspath $(wildcard ../shared/cluster/kube.tar.xz))
endif

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

try: ## build everything, get a cluster, migrate a database on it and show what happened
	@build/try

try-down: ## remove what `make try` left, and its cluster
	@build/try-down

check: ## what every change must pass: format, unit, conformance, tidy, chart, cluster
	@build/check

nightly: ## what takes too long for every change: PostgreSQL 16 and 17, all cuts, faults and kills, more of the cluster
	@build/nightly

golden: ## write the expected files of the golden tests anew; review the diff
	@build/maven -q test -Dlockstep.golden=write -DexcludedGroups=nightly

images: ## build the images of runner, operator and the examples' PostgreSQL
	@build/images

cluster: ## start a one-node Kubernetes of processes on this machine; prints its kubeconfig
	@tests/cluster/up

cluster-down: ## stop it and remove what it left
	@tests/cluster/down

dist: ## build target/lockstep/bin/lockstep, which needs no Java, and its tar.gz
	@build/dist
