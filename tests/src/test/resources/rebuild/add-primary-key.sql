-- before
create table item (code text, size int, id integer);
insert into item values ('a', 1, 5), ('b', 2, 6);
create table pair (a integer, b integer);
insert into pair values (3, 4);
-- script
alter table item add primary key (code);
alter table only pair add constraint pair_key primary key (a);
-- after
create table item (code text NOT NULL, size int, id integer, primary key (code));
insert into item values ('a', 1, 5), ('b', 2, 6);
create table pair (a integer, b integer, constraint pair_key primary key (a));
insert into pair values (3, 4);
