-- before
create table p (id integer primary key);
create table t (
  a int constraint "a is positive" check (a > 0 and ',' <> ')'), -- about a
  b int constraint b_one unique default 3,
  c int constraint c_ref references p (id) on delete cascade on update set null not null,
  constraint both check (a < b), constraint two unique (a, b),
  constraint ref foreign key (a) references p
);
insert into p values (1), (2);
insert into t values (1, 2, 1);
-- script
alter table t drop constraint "a is positive";
alter table t drop constraint B_ONE, drop constraint c_ref, drop constraint both;
alter table t drop constraint two, drop constraint ref cascade;
alter table t drop constraint if exists nothing;
-- after
create table p (id integer primary key);
create table t (
  a int, -- about a
  b int default 3,
  c int not null
);
insert into p values (1), (2);
insert into t values (1, 2, 1);
