-- before
create table p (id integer primary key);
insert into p values (1);
create table t (
  id integer primary key,
  a int unique, -- one
  b text, -- two
  c int references p (id),
  d int generated always as (c + 1) virtual,
  e int check (e > b),
  check (a < e), check (e > 0), unique (b, c), foreign key (b) references p
);
insert into t (id, a, b, c, e) values (1, 2, '1', null, 'z');
create index plain on t (a);
create index partial on t (e) where b is not null;
create index expression on t (lower("B"));
create unique index other on t (e collate rtrim desc, c);
create index text_b on t (cast(e as b));
-- script
delete from t where id > 1;
alter table t drop column b, drop column if exists nothing;
alter table t drop a cascade;
alter table t drop column if exists b;
-- after
create table p (id integer primary key);
insert into p values (1);
create table t (
  id integer primary key,
  c int references p (id),
  d int generated always as (c + 1) virtual,
  e int, check (e > 0)
);
insert into t (id, c, e) values (1, null, 'z');
create unique index other on t (e collate rtrim desc, c);
create index text_b on t (cast(e as b));
