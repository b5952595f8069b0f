-- before
create table customer (id integer primary key);
create table orders (id integer primary key, customer integer);
insert into customer values (1);
insert into orders values (1, 1), (2, null);
-- script
alter table orders add constraint by_whom foreign key (customer) references customer (id) on delete cascade deferrable initially deferred;
alter table orders add foreign key (id) references orders not valid;
-- after
create table customer (id integer primary key);
create table orders (id integer primary key, customer integer, constraint by_whom foreign key (customer) references customer (id) on delete cascade deferrable initially deferred, foreign key (id) references orders);
insert into customer values (1);
insert into orders values (1, 1), (2, null);
