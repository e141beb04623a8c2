-- Imports are listed, and followed by the catalogue, without reading the sales between them.
create index fact_record_imported on fact (arrival) where kind = 'record.imported';

-- What was erased is emptied in every change-set too, and again in one that a backup brings back.
create index fact_record_erased on fact (arrival) where kind = 'record.erased';
