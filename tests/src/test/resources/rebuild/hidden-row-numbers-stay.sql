-- before
create table t (a text, b text);
insert into t (rowid, a) values (4, 'x'), (9, 'y'), (-3, 'z');
create table u (rowid text, _rowid_ text, oid text);
insert into u values ('a', 'b', 'c');
-- script
alter table t alter column b type int;
alter table u alter column oid set default 'x';
-- after
create table t (a text, b int);
insert into t (rowid, a) values (4, 'x'), (9, 'y'), (-3, 'z');
create table u (rowid text, _rowid_ text, oid text default 'x');
insert into u values ('a', 'b', 'c');
