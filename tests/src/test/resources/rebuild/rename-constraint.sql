-- before
create table t (a int constraint "old one" check (a > 0), b int unique, constraint k unique (a));
insert into t values (1, 2);
-- script
alter table t rename constraint "old one" to fresh;
alter table t rename constraint t_b_key to "b is one";
alter table if exists t rename constraint k to k2;
-- after
create table t (a int constraint fresh check (a > 0), b int CONSTRAINT "b is one" unique, constraint k2 unique (a));
insert into t values (1, 2);
