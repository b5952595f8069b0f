-- before
create table t (a int, b int generated always as (a) stored, c int as (b), d int);
insert into t (a, d) values (1, 2);
-- script
alter table t drop column a cascade;
-- after
create table t (d int);
insert into t values (2);
