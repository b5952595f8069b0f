-- before
create table old (a int);
-- script
create table made as select 1 as a, 'x' as "b c";
alter table made add constraint made_pk primary key (a), alter column "b c" type text;
create index by_b on made ("b c");
insert into made values (2, 'y');
alter table made add column d text not null default 'z', alter "b c" set not null;
alter table made rename to moved;
alter table moved rename column d to e;
alter table if exists moved rename column e to f;
alter table moved add unique (f, a);
alter table if exists nowhere rename to elsewhere;
-- after
create table old (a int);
CREATE TABLE "moved"(a NOT NULL,"b c" text not null, f text not null default 'z', constraint made_pk primary key (a), unique (f, a));
create index by_b on "moved" ("b c");
insert into moved values (1, 'x', 'z'), (2, 'y', 'z');
