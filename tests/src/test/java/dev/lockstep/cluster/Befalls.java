package dev.lockstep.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a test does to a cluster, to be told on the page of the faults.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Befalls {
    Mishap value();
}
