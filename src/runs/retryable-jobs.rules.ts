/**
 * Jobs whose parked subjects a second attempt finds again as not yet done. `each`: one can be tried by itself, because the job leaves
 * out what is still parked; `all`: all of the run together. Not here: rows of files, which are corrected in the file, and renewals, of
 * which some are refused for good.
 */
export const retryableJobs: Readonly<Record<string, 'each' | 'all'>> = {
  'fold-charges': 'all',
  'settle-companies': 'each',
  'render-statements': 'all',
};
