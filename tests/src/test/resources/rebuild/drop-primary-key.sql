-- before
create table a (id integer primary key autoincrement, x text);
insert into a values (3, 'x'), (9, 'y');
create table b (x text, y text, primary key (x, y));
insert into b values ('p', 'q');
create table c (x text, constraint key_of_c primary key (x)) strict;
insert into c values ('p');
-- script
alter table a drop constraint a_pkey;
alter table b drop constraint if exists "b_pkey" restrict;
alter table c drop constraint key_of_c;
-- after
create table a (id integer NOT NULL, x text);
insert into a (rowid, id, x) values (3, 3, 'x'), (9, 9, 'y');
create table b (x text, y text);
insert into b values ('p', 'q');
create table c (x text NOT NULL) strict;
insert into c values ('p');
create table forget (id integer primary key autoincrement);
drop table forget;
