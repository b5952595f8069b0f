-- before
create table "order" (id integer primary key, mail text collate nocase, "a b" text default 'x,)(');
insert into "order" (id, mail) values (1, 'a'), (7, 'b');
create index by_mail on "order" (mail desc) where mail is not null;
-- script
alter table "order" add constraint "one mail" unique (mail), add unique ("a b", mail);
-- after
create table "order" (id integer primary key, mail text collate nocase, "a b" text default 'x,)(', constraint "one mail" unique (mail), unique ("a b", mail));
insert into "order" (id, mail) values (1, 'a'), (7, 'b');
create index by_mail on "order" (mail desc) where mail is not null;
