/** The name of a state for the team: that of one speaks to the client (“Awaiting your answer”). */
import { t } from '@lingui/core/macro';
import type { Status } from '#api/generated/types.gen.ts';
import { inLanguage } from '#shared/i18n.ts';

export const statusName = (key: string, name: Status['name']): string =>
  key === 'await_client' ? t`Waiting on client` : inLanguage(name);
