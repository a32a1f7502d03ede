/** Height of a chart, in px: known before the charts are loaded, so that nothing jumps. */
export const chartHeight = 260;
