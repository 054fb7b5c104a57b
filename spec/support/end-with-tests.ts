import { after } from 'node:test';

/** How long what a file has left open may take to close by itself. */
const PATIENCE_MS = 20_000;

/*
 * Loaded before every spec file: one whose tests are over and that does not end, because it left something open, fails
 * instead of holding up the run for ever. (`--test-force-exit` would end it at once, and with it the results that the
 * runner has not read yet: files lost dozens of tests that way, in silence.)
 */
after(() => {
  setTimeout(() => {
    process.stderr.write('the tests are over and something is left open\n');
    process.exit(1);
  }, PATIENCE_MS).unref();
});
