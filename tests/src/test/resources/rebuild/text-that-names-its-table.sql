-- before
create table t (a int check (t.a > 0), b any);
insert into t (rowid, a, b) values (7, 1, 'x'), (5, 2, x'01'), (9, 3, 2.0), (10, 4, '007');
create index i on t (a) where t.a > 1;
create table u (a text, rowid int);
insert into u values ('x', 3);
create index j on u (a) where U.rowid > 1;
create table w (k text primary key, v int check (w.v > 0)) without rowid;
insert into w values ('b', 1), ('a', 2);
create trigger tr after insert on t when new.a > 0 begin update t set b = t.b; end;
-- script
alter table t alter column a type text using t.a || '!', add check (b <> 'z');
alter table u add unique (a);
alter table w alter v set default 1;
-- after
create table t (a text check (t.a > 0), b any, check (b <> 'z'));
insert into t (rowid, a, b) values (5, '2!', x'01'), (7, '1!', 'x'), (9, '3!', 2.0), (10, '4!', '007');
create index i on t (a) where t.a > 1;
create table u (a text, rowid int, unique (a));
insert into u values ('x', 3);
create index j on u (a) where U.rowid > 1;
create table w (k text primary key, v int check (w.v > 0) default 1) without rowid;
insert into w values ('b', 1), ('a', 2);
create trigger tr after insert on t when new.a > 0 begin update t set b = t.b; end;
