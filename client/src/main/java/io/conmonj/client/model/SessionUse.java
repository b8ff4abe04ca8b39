package io.conmonj.client.model;

/**
 * How many streaming sessions of a kind had a client when the monitor was asked.
 *
 * @param kind {@code exec}, {@code attach}, {@code port-forward}, or {@code all} for all together;
 *     never null
 * @param connected how many had one
 * @param limit how many may have one
 */
public record SessionUse(String kind, long connected, long limit) {}
