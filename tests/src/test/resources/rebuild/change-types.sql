-- before
create table t (id integer primary key, a text, b int, c /* none */, d numeric(10,2) default 1 not null, e varchar (20) collate nocase);
insert into t values (1, '12', 7, 'x', 1.5, 'Q'), (2, null, 8, x'00', 2, 'r');
create index by_e on t (e);
-- script
alter table t alter column a type integer;
alter table t alter b set data type text, alter column c type text, alter d type double precision;
alter table t alter column e type text collate binary using lower(e) || ',' || b;
alter table t alter column id type bigint;
-- after
create table t (id integer primary key, a integer, b text, c text /* none */, d double precision default 1 not null, e text collate binary);
insert into t values (1, 12, '7', 'x', 1.5, 'q,7'), (2, null, '8', x'00', 2, 'r,8');
create index by_e on t (e);
