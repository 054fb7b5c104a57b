import { bookCommands } from './book-commands.ts';
import type { Command } from './command.ts';
import { companyCommands } from './company-commands.ts';
import { contractCommands } from './contract-commands.ts';
import { keyCommands } from './key-commands.ts';
import { lineCommands } from './line-commands.ts';
import { recordCommands } from './record-commands.ts';
import { serviceCommands } from './service-commands.ts';
import { statementCommands } from './statement-commands.ts';
import { subscriberCommands } from './subscriber-commands.ts';
import { supportCommands } from './support-commands.ts';
import { tariffCommands } from './tariff-commands.ts';
import { verifyCommands } from './verify-commands.ts';

/** Everything the command line can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...companyCommands,
  ...serviceCommands,
  ...contractCommands,
  ...tariffCommands,
  ...keyCommands,
  ...subscriberCommands,
  ...lineCommands,
  ...supportCommands,
  ...bookCommands,
  ...verifyCommands,
  ...statementCommands,
  ...recordCommands,
];
