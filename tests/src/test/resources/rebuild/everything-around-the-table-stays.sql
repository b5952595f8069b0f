-- before
create table p (id integer primary key autoincrement, name text collate nocase, boss integer references p (id) on delete cascade, q int);
insert into p (id, name, boss, q) values (1, 'a', null, 1), (2, 'b', 1, 2), (40, 'c', 2, 3);
delete from p where id = 40;
create table child (p integer not null references p (id) on delete cascade on update cascade, n int);
insert into child values (1, 1), (2, 2);
create index by_name on p (name collate rtrim desc);
create unique index some on p (q, lower(name)) where q > 0 /* only */;
create view names as select name, q from p;
create view more as select name || '!' as loud from names;
create trigger made after insert on p when new.q > 0 begin insert into child values (new.id, 0); update p set q = q + 1 where id = new.boss; end;
create trigger other after delete on child begin update p set q = q - 1 where id = old.p; end;
create trigger instead instead of insert on names begin insert into p (name, q) values (new.name, new.q); end;
-- script
alter table p alter column q type text;
alter table p add constraint short check (length(name) < 10);
alter table p alter column q type integer using q + 10, alter name set default 'nobody';
alter table child alter column n set default 5;
-- after
create table p (id integer primary key autoincrement, name text collate nocase default 'nobody', boss integer references p (id) on delete cascade, q integer, constraint short check (length(name) < 10));
insert into p (id, name, boss, q) values (1, 'a', null, 11), (2, 'b', 1, 12), (40, 'c', 2, 3);
delete from p where id = 40;
create table child (p integer not null references p (id) on delete cascade on update cascade, n int default 5);
insert into child values (1, 1), (2, 2);
create index by_name on p (name collate rtrim desc);
create unique index some on p (q, lower(name)) where q > 0 /* only */;
create view names as select name, q from p;
create view more as select name || '!' as loud from names;
create trigger made after insert on p when new.q > 0 begin insert into child values (new.id, 0); update p set q = q + 1 where id = new.boss; end;
create trigger other after delete on child begin update p set q = q - 1 where id = old.p; end;
create trigger instead instead of insert on names begin insert into p (name, q) values (new.name, new.q); end;
