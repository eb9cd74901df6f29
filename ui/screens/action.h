/* Acting: the menu of what can be done to the targets, then an action's questions, its check and its run. */
#pragma once

#include "../view.h"

/* The action menu over the targets (taken over): unavailable ones dimmed with the reason. */
void action_menu_open(App *app, Targets *targets);
/* One action on targets (taken over), which dispatch_action() has found usable: asks parameters and comment,
 * then one record at once, several through prepare, preview and confirmation. */
void action_open(App *app, const ClAction *action, Targets *targets);
/* dispatch_refusal() for a line of a menu: behind the action's name it need not begin with that again. The caller
 * frees. */
char *action_menu_refusal(App *app, const ClAction *action, const Targets *targets);
