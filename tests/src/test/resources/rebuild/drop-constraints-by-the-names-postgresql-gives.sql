-- before
create table p (id integer primary key, n int, unique (id, n));
create table t (a int check (a > 0), b int unique, c int references p (id), d int not null, e int, check (e > 0), check (a < e), unique (a, e), foreign key (a, e) references p (id, n));
insert into t values (null, 2, null, 4, 5);
-- script
alter table t drop constraint t_a_check, drop constraint t_b_key, drop constraint t_c_fkey;
alter table t drop constraint t_d_not_null, drop constraint t_e_check, drop constraint t_check;
alter table t drop constraint t_a_e_key, drop constraint t_a_e_fkey;
-- after
create table p (id integer primary key, n int, unique (id, n));
create table t (a int, b int, c int, d int, e int);
insert into t values (null, 2, null, 4, 5);
