{{- define "lockstep.name" -}}
{{- if contains "lockstep" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-lockstep" (.Release.Name | trunc 41 | trimSuffix "-") }}{{ end }}
{{- end }}

{{- define "lockstep.account" -}}
{{- .Values.serviceAccount.name | default (ternary (include "lockstep.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "lockstep.selector" -}}
app.kubernetes.io/name: lockstep
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "lockstep.labels" -}}
{{ include "lockstep.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "lockstep.rules" -}}
- apiGroups: [lockstep.dev]
  resources: [schemamigrations, schemamigrationapprovals]
  verbs: [list, watch]
- apiGroups: [lockstep.dev]
  resources: [schemamigrations/status]
  verbs: [patch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch, create, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
{{- if .Values.readLogs }}
# How far a run is stands in its log.
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
{{- end }}
# Watched are those with the label lockstep.dev/migration, which a rule cannot say.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch]
# Whose code is alive is asked before a step runs that would break it.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets, replicasets]
  verbs: [list]
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [list]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
{{- end }}

{{- define "lockstep.subject" -}}
- kind: ServiceAccount
  name: {{ include "lockstep.account" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{- define "lockstep.names" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- end }}

{{- /* The series of single resources have a namespace of their own, which Prometheus would else call exported_namespace. */}}
{{- define "lockstep.endpoint" -}}
path: /metrics
interval: {{ .interval }}
honorLabels: true
{{- end }}
