-- before
create table s (id integer primary key, a text, b any) strict;
insert into s values (1, '7', x'01');
create table w (k text primary key, v int) without rowid;
insert into w values ('b', 1), ('a', 2);
create table sw (k text, v int, primary key (k desc)) STRICT, WITHOUT ROWID;
insert into sw values ('b', 1), ('a', 2);
-- script
alter table s alter column a type int, add unique (a);
alter table w add check (v > 0), alter v set default 2, add column u int unique;
alter table sw alter v type text;
-- after
create table s (id integer primary key, a int, b any, unique (a)) strict;
insert into s values (1, 7, x'01');
create table w (k text primary key, v int default 2, u int unique, check (v > 0)) without rowid;
insert into w values ('b', 1, null), ('a', 2, null);
create table sw (k text, v text, primary key (k desc)) STRICT, WITHOUT ROWID;
insert into sw values ('b', '1'), ('a', '2');
