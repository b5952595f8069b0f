-- before
create table p (id integer primary key);
insert into p values (1);
create table t (
  a int,
  unique (a)
);
insert into t values (1), (2);
create table empty (a int);
-- script
alter table t add column if not exists a text, add column if not exists b text default 'x', add c int unique;
alter table t add column if not exists b int;
alter table t add column d int generated always as (a * 2) stored;
alter table t add column e text default (upper('q')) check (e <> ''), add column f int references p (id) default 1;
alter table if exists only t add g int not null default 1 + 1;
alter table if exists nowhere add column x int;
alter table empty add column b int not null, add column c int primary key;
-- after
create table p (id integer primary key);
insert into p values (1);
create table t (
  a int,
  b text default 'x',
  c int unique,
  d int generated always as (a * 2) stored,
  e text default (upper('q')) check (e <> ''),
  f int references p (id) default 1,
  g int not null default (1 + 1),
  unique (a)
);
insert into t (a) values (1), (2);
create table empty (a int, b int not null, c int primary key NOT NULL);
