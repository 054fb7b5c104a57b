import { letterDocument } from '../rendering/printed-document.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { formatIssuedId } from '../identity/issued-id.rules.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';

/** A new ID, or one with a new password, and the tenure whose holder the letter goes to. */
export interface NewCredentials {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly displayName: string;
  readonly issuedId: string;
  readonly password: string;
}

/**
 * The letter with an issued ID and its first password, to the holder of the line, as a PDF for an envelope with a window. It is
 * drawn in memory. The use case that has made the password calls it after its own checks: the password is known only then.
 * @throws Problem `service-unavailable` when too many documents are being drawn.
 */
export async function drawCredentialLetter(
  deps: Deps,
  { lineId, holderFrom, displayName, issuedId, password }: NewCredentials,
  language: Locale,
): Promise<DownloadedFile> {
  const { carrier, publicOrigin, timeZone } = deps.config;
  const holder = await getHolder(deps, { lineId, holderFrom });
  const isEnglish = language === 'en';
  const document = letterDocument({
    language,
    date: businessDateOf(deps.clock.now(), timeZone),
    carrier: {
      name: isEnglish ? carrier.nameEn : carrier.name,
      address: carrier.address,
      contact: isEnglish ? carrier.contactEn : carrier.contact,
    },
    recipient: {
      name: holder.holder,
      postalCode: holder.postalCode ?? '',
      address: holder.address ?? '',
      building: holder.building ?? '',
    },
    displayName,
    lineId,
    issuedId: formatIssuedId(issuedId),
    password,
    signInAddress: `${publicOrigin.replace(/^https?:\/\//u, '')}/my`,
  });
  // The name of the file has nothing of the ID in it: it stays in lists of downloads.
  return { filename: 'letter.pdf', type: 'application/pdf', body: await deps.documents.draw(document) };
}

function getHolder(deps: Deps, { lineId, holderFrom }: Pick<NewCredentials, 'lineId' | 'holderFrom'>) {
  return sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select(['holder', 'postalCode', 'address', 'building'])
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .executeTakeFirstOrThrow();
}
