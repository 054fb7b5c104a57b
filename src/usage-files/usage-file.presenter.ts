import { publicId } from '../shared/public-id.rules.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { UsageFile } from './usage-file.entity.ts';
import { progressOf } from './usage-file-progress.rules.ts';
import type { usageFileSchema } from './usage-file.schema.ts';

export type PresentedUsageFile = FromSchema<typeof usageFileSchema>;

/** A usage file as the API shows it. */
export function presentUsageFile(file: UsageFile): PresentedUsageFile {
  const { state, refusal } = file;
  return {
    id: publicId('usage-file', file.id),
    state: state === 'releasing' ? 'checking' : state,
    partial: file.isPartial,
    filename: file.filename ?? null,
    sha256: file.contentHash,
    bytes: file.byteCount,
    rows: {
      total: file.rowCount ?? null,
      read: file.readCount,
      charged: file.chargedCount,
      repeated: file.repeatedCount,
      refused: file.refusedCount,
    },
    progress: progressOf(file),
    charged_amount: Number(file.chargedMinor),
    refusal: state === 'refused' ? (refusal ?? null) : null,
    refusal_detail: state === 'refused' ? (file.refusalDetail ?? null) : null,
    created_at: file.createdAt.toISOString(),
    finished_at: file.finishedAt?.toISOString() ?? null,
  };
}
