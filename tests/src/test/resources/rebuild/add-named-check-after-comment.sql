-- before
create table orders (
  id integer primary key, -- the number, as printed
  total integer /* in cents, (net) */
  -- nothing follows
);
insert into orders values (1, 10), (2, 20);
-- script
alter table orders add constraint positive check (total > 0);
alter table orders add unique (total);
-- after
create table orders (
  id integer primary key, -- the number, as printed
  total integer /* in cents, (net) */
  -- nothing follows
, constraint positive check (total > 0), unique (total));
insert into orders values (1, 10), (2, 20);
