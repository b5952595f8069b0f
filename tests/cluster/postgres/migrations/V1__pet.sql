CREATE TABLE pet (name text);
