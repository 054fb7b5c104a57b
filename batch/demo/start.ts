import { parseConfig } from '../../config/config.ts';
import { explainFailure } from '../../src/explain-failure.ts';
import { main } from '../../src/main.ts';
import { serveDemo } from './serve-demo.ts';
import { findWorldMark } from './world-mark.ts';

/** `npm start`: the service for development; on a database that a demo has made, that very world. */
async function start(): Promise<void> {
  const mark = await findWorldMark(parseConfig(process.env).databaseUrl);
  await (mark ? serveDemo(mark) : main());
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 1;
}
