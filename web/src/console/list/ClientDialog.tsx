import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TextSearch } from 'lucide-react';
import { useState } from 'react';
import { listAccountsOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { CommandDialog } from '../ui/CommandDialog.tsx';
import { useDebounced } from '../useDebounced.ts';
import { useIsPhone } from '../useIsPhone.ts';
import type { Change } from './list-search.ts';

const CLIENTS = 8;

interface ClientDialogProps {
  /** The name of now. */
  name: string;
  onChange(change: Change): void;
  onClose(): void;
}

/** Chooses one client, or all with a name. */
export function ClientDialog({ name, onChange, onClose }: ClientDialogProps) {
  const { t } = useLingui();
  const [text, setText] = useState(name);
  const isPhone = useIsPhone();
  const typed = text.trim();
  const q = useDebounced(typed);
  const accounts = useQuery({
    ...listAccountsOptions({ query: { limit: CLIENTS, ...(q && { q }) } }),
    placeholderData: keepPreviousData,
  }).data?.items;
  const groups = [
    {
      name: t`Client’s name`,
      items: [
        {
          id: 'name',
          icon: <TextSearch size={17} aria-hidden />,
          name: t`All clients named “${typed}”`,
          run: () => onChange({ client: typed, account_id: undefined }),
        },
      ].filter(() => typed !== ''),
    },
    {
      name: t`Clients`,
      items: (accounts ?? []).map(({ account_id, name, email }) => ({
        id: String(account_id),
        icon: <Avatar name={name} size={20} shape="square" />,
        name,
        hint: email ?? undefined,
        run: () => onChange({ account_id: String(account_id), client: undefined }),
      })),
    },
  ];
  return (
    <CommandDialog
      name={t`Client`}
      placeholder={isPhone ? t`Name, e-mail or ID` : t`Name, e-mail or ID of a client`}
      groups={groups.filter(({ items }) => items.length > 0)}
      text={text}
      onType={setText}
      onClose={onClose}
      empty={t`Nothing found.`}
    />
  );
}
