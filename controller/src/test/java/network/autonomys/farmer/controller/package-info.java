@NullMarked
package network.autonomys.farmer.controller;

import org.jspecify.annotations.NullMarked;
