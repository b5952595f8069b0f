-- before
create table t (id integer primary key, total int, "check" int, "is" int, b int constraint total check (b > 0), c int, constraint "check" unique (b), check (c in (1, 2) and c is not null));
insert into t values (1, 2, 3, 9, 4, 1);
create index total_i on t (b);
create index "total(" on t (c) where c between 1 and 2;
-- script
alter table t drop column total, drop column "check", drop column "is";
-- after
create table t (id integer primary key, b int constraint total check (b > 0), c int, constraint "check" unique (b), check (c in (1, 2) and c is not null));
insert into t values (1, 4, 1);
create index total_i on t (b);
create index "total(" on t (c) where c between 1 and 2;
