import type { CredentialLetter } from '../../../templates/letter/letter.types.ts';

/** A letter whose password has all characters that are easily confused. */
export function sampleLetter(changes: Partial<CredentialLetter> = {}): CredentialLetter {
  return {
    language: 'ja',
    date: '2026-05-10',
    carrier: {
      name: '東日本ひかり通信株式会社',
      address: '〒163-8019 東京都新宿区西新宿三丁目19番2号',
      contact: '収納代行担当窓口 0120-000-000（9:00〜17:00）',
    },
    recipient: {
      name: '山田 太郎',
      postalCode: '231-0017',
      address: '神奈川県横浜市中区港町一丁目1番地',
      building: 'みなとハイツ 203号室',
    },
    displayName: '山田 花子',
    lineId: 'CAF0000000042',
    issuedId: 'F123 4567 8901',
    password: 'k0O1lI-Wm8tRq',
    signInAddress: 'pay.carrier.example/my',
    ...changes,
  };
}
