/** 2 GB as people and file systems mean it: 2 GiB. */
export const maxVideoBytes = 2 * 1024 ** 3;
/** Part size of an upload; the smallest the hosted store takes is 5 MiB. */
export const uploadPartBytes = 8 * 1024 ** 2;
/** An upload token lasts this long, in ms; asking for the upload again gives a fresh one. */
export const uploadTokenMs = 3_600_000;
/** An unfinished upload is kept this long after its last part. */
export const uploadKeptMs = 7 * 24 * 3_600_000;
