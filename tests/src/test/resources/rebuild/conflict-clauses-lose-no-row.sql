-- before
create table t (a int, b int not null on conflict ignore, c int unique on conflict replace);
insert into t values (1, 1, 1), (2, 2, 2);
-- script
alter table t alter a type text, add unique (a) on conflict replace;
-- after
create table t (a text, b int not null on conflict ignore, c int unique on conflict replace, unique (a) on conflict replace);
insert into t values (1, 1, 1), (2, 2, 2);
