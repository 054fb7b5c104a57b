/** Exit codes of every command; scripts depend on them. */
export const exitCodes = {
  /** Everything was done, or nothing was left to do. */
  done: 0,
  /** Failed, refused in whole or in part, or stopped before it was done. */
  failed: 1,
  /** Not understood; nothing was started. */
  wrongUse: 2,
  /** Batches only: done, and subjects were parked; the table `parked` lists them. */
  parked: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For the help of each command. */
export const exitCodesHelp =
  'Exit code: 0 done, or nothing to do; 1 failed, refused in whole or in part, or stopped before it was done; 2 wrong use, nothing was started.';

/** For the help of the batches. */
export const batchExitCodesHelp = `${exitCodesHelp.replace('; 2', ';\n2').replace(/\.$/, ';')}
3 done, but subjects were parked: all others are complete, and the table "parked" has each with its reason.`;
