-- before
create table t (a int not null default 3, constraint k check (a > 0));
-- script
alter table t alter a set not null, alter column a set default 3, validate constraint k;
alter table t alter a type int;
alter table t drop constraint if exists no, drop column if exists none, add column if not exists a text;
-- after
create table t (a int not null default 3, constraint k check (a > 0));
