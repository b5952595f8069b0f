-- before
create table n (a int, b int);
create table t (id integer primary key, a text, b int default 3, c text not null default 'x', d text null);
insert into t values (1, 'x', 2, 'y', 'z');
-- script
alter table t alter column a set not null, alter b drop default, alter c set default 'it''s, ('||')';
alter table t alter column c drop not null;
alter table t alter a set default current_timestamp;
alter table t alter d set not null, alter column d set default -1;
alter table n add constraint has_a not null a, add not null b not valid;
-- after
create table n (a int constraint has_a not null, b int not null);
create table t (id integer primary key, a text not null default current_timestamp, b int, c text default ('it''s, ('||')'), d text not null default -1);
insert into t values (1, 'x', 2, 'y', 'z');
