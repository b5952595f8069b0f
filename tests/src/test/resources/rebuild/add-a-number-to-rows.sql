-- before
create table t (a text);
insert into t (rowid, a) values (5, 'x'), (9, 'y');
-- script
alter table t add column id integer primary key;
-- after
create table t (a text, id integer primary key);
insert into t values ('x', 5), ('y', 9);
