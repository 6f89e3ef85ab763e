import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleDashed } from 'lucide-react';
import { memo } from 'react';
import { listMembersOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import type { StaffTicket } from '#api/generated/types.gen.ts';
import { Avatar } from '#shared/ui/Avatar.tsx';
import { Button } from '#shared/ui/Button.tsx';
import { assign } from '../actions/assign.ts';
import type { TicketAction } from '../actions/run.ts';
import { AvailabilityWord } from '../availability/AvailabilityWord.tsx';
import { MemberAvatar } from '../availability/MemberAvatar.tsx';
import { useKeyName, useKeyTitle } from '../keys/names.ts';
import { useMe } from '../me.ts';
import { Picker } from '../ui/Picker.tsx';
import { setHeaderMenu, useHeaderMenu } from './dialogs.ts';
import styles from './TicketHeader.module.css';

const NOBODY = 'nobody';

interface AssignPickerProps {
  /** Nobody: null. */
  chosen: StaffTicket['assignee_id'];
  run(action: TicketAction): void;
}

/** Whose ticket it is, and a way to give it to somebody else. From one ticket of theirs to the next it stays as it is. */
export const AssignPicker = memo(({ chosen, run }: AssignPickerProps) => {
  const me = useMe();
  const ownKey = useKeyName('assign_me');
  const title = useKeyTitle(t`Assign`, 'assign');
  const isOpen = useHeaderMenu() === 'assign';
  const members = useQuery(listMembersOptions()).data?.items ?? [me];
  const others = members.filter(({ staff_id, disabled_at }) => staff_id !== me.staff_id && !disabled_at);
  const assignee = members.find(({ staff_id }) => staff_id === chosen);
  const name = assignee?.staff_id === me.staff_id ? t`You` : assignee?.name;

  function choose(id: string) {
    const member = members.find(({ staff_id }) => String(staff_id) === id) ?? null;
    run(assign(member));
  }

  return (
    <Picker
      align="end"
      label={t`Assign to…`}
      empty={t`Nobody has this name`}
      chosen={chosen === null ? NOBODY : String(chosen)}
      items={[
        { id: String(me.staff_id), name: t`Me`, icon: <Avatar name={me.name} size={20} />, hotkey: ownKey },
        { id: NOBODY, name: t`Nobody`, icon: <CircleDashed size={20} aria-hidden /> },
        ...others.map((member) => ({
          id: String(member.staff_id),
          name: member.name,
          icon: <MemberAvatar member={member} />,
          note: <AvailabilityWord availability={member.availability} />,
        })),
      ]}
      open={isOpen}
      onOpenChange={(open) => setHeaderMenu(open ? 'assign' : null)}
      onChoose={({ id }) => choose(id)}
      trigger={
        <Button
          title={title}
          aria-label={name ? t`Assigned to ${name}` : t`Assign`}
          icon={assignee ? <Avatar name={assignee.name} size={20} /> : <CircleDashed size={16} aria-hidden />}
        >
          <span className={styles.assignee}>{name ?? t`Assign`}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    />
  );
});
