-- before
create table t (id integer primary key, a int, b text, constraint t_pos check (a > 0));
insert into t values (1, 5, 'x');
create table u (rowid text, _rowid_ text, oid text);
insert into u values ('a', 'b', 'c'), ('d', 'e', 'f');
-- script
alter table t add column a text default 'new', drop column a, add constraint t_pos check (a <> '');
alter table u drop column rowid, drop _rowid_, drop oid, add column x int default 1;
-- after
create table t (id integer primary key, b text, a text default 'new', constraint t_pos check (a <> ''));
insert into t (id, b) values (1, 'x');
create table u (x int default 1);
insert into u values (1), (1);
