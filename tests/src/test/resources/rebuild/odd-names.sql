-- before
create table "check ""of"" `it`, ok"("constraint" int check ("constraint" in (1, 2, '),(')), [a b] int, `c``d` text, 'str' int, "" int, größe int, "select" text default "x");
insert into "check ""of"" `it`, ok" values (1, 2, 'x', 4, 5, 6, 'y');
create table 🐶 (é int, x int check (x > 0) check (x < 9) , check (x < 10) check (x < 11));
insert into 🐶 values (1, 2);
create table only (a int, rowid text);
insert into only values (1, 'not a number');
-- script
alter table "check ""of"" `it`, ok" alter column "constraint" type text, alter column "a b" set default 7, drop column "c`d";
alter table "check ""of"" `it`, ok" alter größe type text, alter "" type text, alter "select" drop default;
alter table 🐶 alter é type text, add unique (é);
alter table only alter a type text;
alter table only only alter column rowid type text using rowid || '!';
-- after
create table "check ""of"" `it`, ok"("constraint" text check ("constraint" in (1, 2, '),(')), [a b] int default 7, 'str' int, "" text, größe text, "select" text);
insert into "check ""of"" `it`, ok" values (1, 2, 4, 5, 6, 'y');
create table 🐶 (é text, x int check (x > 0) check (x < 9) , check (x < 10) check (x < 11), unique (é));
insert into 🐶 values (1, 2);
create table only (a text, rowid text);
insert into only values (1, 'not a number!');
