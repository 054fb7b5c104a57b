import { defineEntity, p } from '@mikro-orm/mariadb';

/**
 * - `received`: its bytes are here, its rows are being read
 * - `checking`: its rows are decided on, and what they need of the limits is held
 * - `charging`: its rows are charged
 * - `releasing`: a row was refused, so what was held is released
 * - `done`: each row is charged, repeats an earlier one, or, of a partial file, was refused
 * - `refused`: nothing was charged
 */
export type UsageFileState = 'received' | 'checking' | 'charging' | 'releasing' | 'done' | 'refused';

/** Why a file was refused as a whole: it cannot be read, or a row was refused and it is not partial. */
export type UsageFileRefusal = 'unreadable' | 'rows-refused';

export const UsageFileSchema = defineEntity({
  name: 'UsageFile',
  tableName: 'usage_file',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    /** As `actorName` writes it. */
    sentBy: p.string().length(80),
    filename: p.string().length(120).nullable(),
    /** SHA-256 of the bytes, in hexadecimal. */
    contentHash: p.character().length(64),
    /** The same, unless the file was refused: unique, so the same bytes are one file. */
    standingHash: p.character().length(64).nullable(),
    byteCount: p.integer().unsigned(),
    /** Refused rows do not keep the others from being charged. */
    isPartial: p.boolean(),
    state: p.string().length(10).$type<UsageFileState>(),
    refusal: p.string().length(20).$type<UsageFileRefusal>().nullable(),
    refusalDetail: p.string().length(300).nullable(),
    /** The step in progress has done the rows up to this one. */
    throughRow: p.integer().unsigned(),
    /** Once all are read. */
    rowCount: p.integer().unsigned().nullable(),
    readCount: p.integer().unsigned(),
    chargedCount: p.integer().unsigned(),
    repeatedCount: p.integer().unsigned(),
    refusedCount: p.integer().unsigned(),
    chargedMinor: p.bigint(),
    createdAt: p.datetime(3),
    workedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    rowsPurgedAt: p.datetime(3).nullable(),
    leaseOwner: p.character().length(26).nullable(),
    leaseUntil: p.datetime(3).nullable(),
  },
});

/** A file of usage charges of a company. */
export class UsageFile extends UsageFileSchema.class {}
UsageFileSchema.setClass(UsageFile);

export const UsageFilePieceSchema = defineEntity({
  name: 'UsageFilePiece',
  tableName: 'usage_file_piece',
  properties: {
    fileId: p.character().length(26).primary(),
    number: p.integer().unsigned().primary(),
    bytes: p.blob().columnType('mediumblob'),
    arrivedAt: p.datetime(3),
  },
});

/** Some bytes of a file, until its rows are read. */
export class UsageFilePiece extends UsageFilePieceSchema.class {}
UsageFilePieceSchema.setClass(UsageFilePiece);

/** `read`: waits; `accepted`: allowed, held and not charged yet; `repeated`: its key was charged before. */
export type UsageRowOutcome = 'read' | 'accepted' | 'charged' | 'repeated' | 'refused';

export const UsageFileRowSchema = defineEntity({
  name: 'UsageFileRow',
  tableName: 'usage_file_row',
  properties: {
    fileId: p.character().length(26).primary(),
    number: p.integer().unsigned().primary(),
    outcome: p.string().length(10).$type<UsageRowOutcome>(),
    consentId: p.character().length(26).nullable(),
    amountMinor: p.bigint().nullable(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>().nullable(),
    description: p.string().length(120).nullable(),
    reference: p.string().length(64).nullable(),
    itemKey: p.string().length(64).nullable(),
    occurredAt: p.datetime(3).nullable(),
    problemCode: p.string().length(40).nullable(),
    problemText: p.string().length(300).nullable(),
    chargeId: p.character().length(26).nullable(),
    /** When it was allowed; its sale is recorded at that instant. */
    acceptedAt: p.datetime(3).nullable(),
    serviceId: p.integer().unsigned().nullable(),
    subscriberId: p.integer().unsigned().nullable(),
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    closingGroup: p.tinyint().unsigned().nullable(),
    limitMinor: p.bigint().nullable(),
    ownLimitMinor: p.bigint().nullable(),
  },
});

/** A row of a file and what became of it. The trigger `usage_file_row_ends_once` keeps it so. */
export class UsageFileRow extends UsageFileRowSchema.class {}
UsageFileRowSchema.setClass(UsageFileRow);
