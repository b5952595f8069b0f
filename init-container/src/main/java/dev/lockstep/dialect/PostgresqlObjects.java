package dev.lockstep.dialect;

/// One statement that tells all that a schema of PostgreSQL defines.
/// Source: PostgreSQL documentation, "System Catalogs" and "System Information Functions".
final class PostgresqlObjects {
    private PostgresqlObjects() {}

    /// Parameters: the schema, and the names of tables that are left out.
    static final String ALL = """
            with place as (select oid, nspname from pg_namespace where nspname = ?),
            relation as (
              select c.*, format('%I.%I', p.nspname, c.relname) as shown from pg_class c join place p on p.oid = c.relnamespace
              where c.relname <> all (?) and not exists
                (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
            routine as (
              select f.*, format('%I.%I(%s)', p.nspname, f.proname, pg_get_function_identity_arguments(f.oid)) as shown
              from pg_proc f join place p on p.oid = f.pronamespace where not exists
                (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')),
            kind as (
              select t.*, format('type %I.%I', p.nspname, t.typname) as shown from pg_type t join place p on p.oid = t.typnamespace
              where t.typtype in ('e', 'd', 'r') and not exists
                (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')),
            object (name, said) as (
              select case relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'f' then 'foreign table '
                                  when 'S' then 'sequence ' when 'c' then 'type ' else 'table ' end || shown,
                concat_ws(' ', relpersistence, relrowsecurity, relforcerowsecurity, reloptions, pg_get_expr(relpartbound, oid),
                  case when relkind in ('v', 'm') then pg_get_viewdef(oid) end,
                  case when relkind = 'p' then pg_get_partkeydef(oid) end,
                  (select string_agg(i.inhparent::regclass::text, ' ' order by i.inhseqno) from pg_inherits i where i.inhrelid = oid),
                  (select concat_ws(' ', s.seqtypid::regtype, s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcycle)
                   from pg_sequence s where s.seqrelid = oid))
              from relation where relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
              union all
              select format('column %s.%I', r.shown, a.attname), concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull,
                a.attidentity, a.attgenerated, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid))
              from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
                left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              where r.relkind in ('r', 'p', 'f', 'c')
              union all
              select format('index %I.%I', p.nspname, c.relname), concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid)
              from relation r join pg_index i on i.indrelid = r.oid join pg_class c on c.oid = i.indexrelid, place p
              union all
              select format('constraint %s.%I', r.shown, k.conname), concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated)
              from relation r join pg_constraint k on k.conrelid = r.oid
              union all
              select format('trigger %s.%I', r.shown, g.tgname), concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
              from relation r join pg_trigger g on g.tgrelid = r.oid where not g.tgisinternal
              union all
              select format('policy %s.%I', r.shown, y.polname), concat_ws(' ', y.polcmd, y.polpermissive, y.polroles::text,
                pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid))
              from relation r join pg_policy y on y.polrelid = r.oid
              union all
              select format('rule %s.%I', r.shown, w.rulename), concat_ws(' ', pg_get_ruledef(w.oid), w.ev_enabled)
              from relation r join pg_rewrite w on w.ev_class = r.oid where w.rulename <> '_RETURN'
              union all
              select case prokind when 'a' then 'aggregate ' when 'p' then 'procedure ' else 'function ' end || shown,
                case when prokind = 'a'
                then (select concat_ws(' ', g.aggtransfn::text, g.aggfinalfn::text, g.aggtranstype::regtype, g.agginitval)
                      from pg_aggregate g where g.aggfnoid = routine.oid)
                else pg_get_functiondef(oid) end
              from routine
              union all
              select shown, concat_ws(' ', typnotnull, typdefault, format_type(nullif(typbasetype, 0), typtypmod),
                (select string_agg(quote_literal(e.enumlabel), ' ' order by e.enumsortorder) from pg_enum e where e.enumtypid = kind.oid),
                (select string_agg(k.conname || ' ' || pg_get_constraintdef(k.oid), ' ' order by k.conname)
                 from pg_constraint k where k.contypid = kind.oid),
                (select g.rngsubtype::regtype::text from pg_range g where g.rngtypid = kind.oid))
              from kind)
            select name, encode(sha256(convert_to(coalesce(said, ''), 'UTF8')), 'hex') from object order by 1, 2
            """;
}
