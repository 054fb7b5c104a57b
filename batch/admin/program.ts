import type { Command, Program } from '../cli/command.ts';
import { CODE_VARIABLE } from '../cli/second-factor.ts';
import { exitCodesHelp } from '../cli/exit-codes.ts';
import { accountCommands } from './account-commands.ts';
import { accountStateCommands } from './account-state-commands.ts';
import { approvalCommands } from './approval-commands.ts';
import { auditCommands } from './audit-commands.ts';
import { bankAccountCommands } from './bank-account-commands.ts';
import { invoiceCommands } from './invoice-commands.ts';
import { invoiceDetailsCommands } from './invoice-details-commands.ts';
import { caseCommands } from './case-commands.ts';
import { collectionCommands } from './collection-commands.ts';
import { companyCommands } from './company-commands.ts';
import { contractCommands } from './contract-commands.ts';
import { journalCommands } from './journal-commands.ts';
import { keyCommands } from './key-commands.ts';
import { sandboxCommands } from './sandbox-commands.ts';
import { lineCommands } from './line-commands.ts';
import { mailCommands } from './mail-commands.ts';
import { partnerCommands } from './partner-commands.ts';
import { payoutCommands } from './payout-commands.ts';
import { refundCommands } from './refund-commands.ts';
import { recordCommands } from './record-commands.ts';
import { serviceCommands } from './service-commands.ts';
import { settlementCommands } from './settlement-commands.ts';
import { statementCommands } from './statement-commands.ts';
import { subscriberCommands } from './subscriber-commands.ts';
import { supportCommands } from './support-commands.ts';
import { tariffCommands } from './tariff-commands.ts';
import { verifyCommands } from './verify-commands.ts';

const call = 'npm run admin --';

/** Administration from the command line, in the order of the help. */
export const adminProgram: Program<Command> = {
  call,
  usage: 'NOUN VERB [--option value …] [--as NAME] [--json]',
  noun: 'command',
  commands: [
    ...companyCommands,
    ...serviceCommands,
    ...bankAccountCommands,
    ...contractCommands,
    ...partnerCommands,
    ...settlementCommands,
    ...approvalCommands,
    ...accountCommands,
    ...accountStateCommands,
    ...tariffCommands,
    ...keyCommands,
    ...sandboxCommands,
    ...subscriberCommands,
    ...lineCommands,
    ...supportCommands,
    ...refundCommands,
    ...caseCommands,
    ...mailCommands,
    ...invoiceDetailsCommands,
    ...invoiceCommands,
    ...collectionCommands,
    ...verifyCommands,
    ...statementCommands,
    ...journalCommands,
    ...payoutCommands,
    ...recordCommands,
    ...auditCommands,
  ],
  notes: [
    `${call} NOUN VERB --help shows the options of a command.`,
    'What changes something needs --as NAME in production: who you are, for the audit trail.',
    'In production, who proposes or approves gives the e-mail address of an account instead, --as E-MAIL, and proves it with a code of',
    `its authenticator app: it is asked for, or read from --code-file FILE (- is standard input) or ${CODE_VARIABLE}.`,
    exitCodesHelp,
  ],
};
