import { after } from 'node:test';

/** How long open handles of a file may take to close by themselves. */
const PATIENCE_MS = 20_000;

/*
 * Loaded before every spec file: a file that does not end after its tests, because of an open handle, fails
 * instead of blocking the run for ever. (`--test-force-exit` would end it at once, and with it the results that the
 * runner has not read yet: files silently lost dozens of tests that way.)
 */
after(() => {
  setTimeout(() => {
    process.stderr.write('the tests are over and something is left open\n');
    process.exit(1);
  }, PATIENCE_MS).unref();
});
