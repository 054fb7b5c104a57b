import { bareStack, sampleAnswer } from './bare-stack.ts';
import { listen } from './listen.ts';
import { serverConfig, serverLog } from './server-settings.ts';

/** Validation only, no database: what the HTTP side alone can do. */
listen(bareStack({ config: serverConfig(), log: serverLog() }, () => sampleAnswer));
