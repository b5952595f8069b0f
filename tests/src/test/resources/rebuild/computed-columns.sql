-- before
create table t (a int, b int generated always as (a * 2) stored, c text as (a || ',') virtual not null, d int as (a));
insert into t (a) values (1), (2);
create index by_c on t (c);
-- script
alter table t alter column a type text;
alter table t alter b drop expression, alter column d set expression as (a + 100), alter a drop expression if exists;
-- after
create table t (a text, b int, c text as (a || ',') virtual not null, d int as (a + 100));
insert into t (a, b) values ('1', 2), ('2', 4);
create index by_c on t (c);
