import { editCompany } from '../../../src/companies/edit-company.ts';
import { issueApiKey } from '../../../src/companies/issue-api-key.ts';
import type { Deps } from '../../../src/deps.ts';
import { person } from '../../support/people.ts';

/** What the pages of a company name besides what it sold: a key, and a change that waits for its day. */
export async function fillCompany(deps: Deps, companyCode: string): Promise<{ key: string; change: string }> {
  const who = person('saburo', 'administrator');
  const { id: key } = await issueApiKey(deps, who, { companyCode, label: '本番サーバー' });
  const planned = { address: '東京都港区芝公園四丁目2番8号', validFrom: '2026-07-01' };
  const { change = '' } = await editCompany(deps, who, { companyCode, ...planned });
  return { key, change };
}
