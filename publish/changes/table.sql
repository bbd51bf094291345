create table publication.audit.publication_changes (
    publication_id varchar not null,
    compared_with varchar not null,
    table_name varchar not null,
    figure varchar not null,
    name varchar not null,
    period_start date not null,
    slice varchar not null,
    before decimal(28, 6),
    after decimal(28, 6),
    cause varchar not null,
    change decimal(28, 6) not null,
    leads bigint not null
);

comment on table publication.audit.publication_changes is
'One row per figure, slice and cause that changed it since the certified publication before. The changes of a figure add up to after minus before; a figure that was not there, or had nothing eligible, counts as 0.';

comment on column publication.audit.publication_changes.publication_id is 'The publication whose figures these are.';
comment on column publication.audit.publication_changes.compared_with is 'The certified publication before it.';
comment on column publication.audit.publication_changes.table_name is
'Where the figure is: marts.sla_compliance, marts.marketing_scorecard, marts.sales_scorecard, or marts.funnel_daily (its months).';
comment on column publication.audit.publication_changes.figure is 'Its name and the first day of the period.';
comment on column publication.audit.publication_changes.name is
'The commitment, the KPI, or the stage with what is counted of it: entered, reached; visitors.';
comment on column publication.audit.publication_changes.period_start is 'First local day of the period.';
comment on column publication.audit.publication_changes.slice is 'The slice, as in marts.sla_compliance; of scorecards all, of the funnel all, a segment or a source.';
comment on column publication.audit.publication_changes.before is 'Its value then; null if it was not there or had nothing eligible.';
comment on column publication.audit.publication_changes.after is 'Its value now; null likewise.';
comment on column publication.audit.publication_changes.cause is
'merged, deleted, corrected, late (stamped before, seen only now), new (including time that ran out) or agreement; a lead has the first that fits.';
comment on column publication.audit.publication_changes.change is 'What this cause added to the figure, after the causes before it.';
comment on column publication.audit.publication_changes.leads is 'Leads whose part in the figure this cause changed; 0 where none did.';
