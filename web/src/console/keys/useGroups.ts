import { useLingui } from '@lingui/react/macro';
import type { Where } from './keys.ts';

/** The groups in which the keys are shown. */
export function useGroups(): { where: Where; name: string }[] {
  const { t } = useLingui();
  return [
    { where: 'list', name: t`List` },
    { where: 'ticket', name: t`Ticket` },
    { where: 'anywhere', name: t`Everywhere` },
    { where: 'go', name: t`Go to` },
  ];
}
