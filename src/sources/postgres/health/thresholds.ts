/**
 * Above which a fact argues for something. They are rules of thumb, where there is a source named,
 * and are set so that a healthy database argues for nothing.
 */

/** PostgreSQL's own guides and those of hosters ask for 99 % once a database is warm. */
export const cacheHitRatioLeast = 0.99;
/** Rates over less than an hour are those of a load, a test or a profile. */
export const rateSecondsLeast = 3_600;
/** Fewer block requests say nothing of how a cache does. */
export const blockRequestsLeast = 100_000;
/** 40 MB/s past shared buffers, all day. */
export const blockReadsPerSecondMost = 5_000;
/** 2.6 TB a day: what archives, replicas and one server's log device must all take. */
export const walBytesPerSecondMost = 30e6;
/** On average over the time of the counters; peaks are several times that. */
export const writesPerSecondMost = 10_000;
export const readShareLeast = 0.95;
export const fetchedPerSecondLeast = 50_000;
/** The share from which autovacuum starts by default (autovacuum_vacuum_scale_factor). */
export const deadShareMost = 0.2;
/** Tables below it are cheap to read and to vacuum whatever they look like. */
export const tableRowsLeast = 10_000;
/** From here on a sequential scan is dear. */
export const largeTableRows = 100_000;
/** Fewer may be a backup's, or those of this look at the database. */
export const scansLeast = 200;
/** Rows that a scan reads on average: below, it stops early or finds few rows. */
export const rowsOfScanLeast = 10_000;
export const connectionShareMost = 0.8;
/** From so many sessions on idle ones cost more than a pooler. */
export const idleConnectionsMost = 200;
/** Sessions at work at once: more than any usual machine has cores. */
export const activeSessionsMost = 100;
export const ioWaitsMost = 4;
/** "the size of the table should exceed the physical memory" (Partitioning, 5.12), and this. */
export const partitionBytesLeast = 50e9;
/** Restores, copies and index builds of one server take days from here. */
export const databaseBytesMost = 1e12;
export const toastShareMost = 0.5;
export const toastBytesLeast = 10e9;
/** Times autovacuum_freeze_max_age, at which vacuum is forced: it does not keep up. */
export const freezeAgesMost = 2;
/** Of 2^31, at which the server stops to take writes. */
export const transactionAgeMost = 1e9;
/** Dead rows of an hour cannot be removed. */
export const transactionSecondsMost = 3_600;
