-- before
create table t (id integer primary key, a int, b text, constraint t_pos check (a > 0));
insert into t values (1, 5, 'x');
-- script
alter table t add column a text default 'new', drop column a, add constraint t_pos check (a <> '');
-- after
create table t (id integer primary key, b text, a text default 'new', constraint t_pos check (a <> ''));
insert into t (id, b) values (1, 'x');
