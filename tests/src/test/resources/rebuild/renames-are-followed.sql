-- before
create table p (id integer primary key, a int check (a > 0));
create table child (p int references p (id));
create view v as select a from p;
create trigger tr after insert on child begin update p set a = a + 1; end;
insert into p values (1, 1);
-- script
alter table p alter a set default 3;
alter table p rename to parent;
alter table only parent rename a to amount;
alter table parent alter amount drop default;
-- after
create table "parent" (id integer primary key, amount int check (amount > 0));
create table child (p int references "parent" (id));
create view v as select amount from "parent";
create trigger tr after insert on child begin update "parent" set amount = amount + 1; end;
insert into parent values (1, 1);
